"""Reference data files; read by `clusterplan.core.reference`."""
