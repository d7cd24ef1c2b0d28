"""Pages to show and to print: a view of the domain in, one self-contained file out."""
