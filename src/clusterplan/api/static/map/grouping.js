/** Bring marks together that would cover each other. */

/** Nearer than this many pixels, marks become one bubble. */
const REACH = 38;

/** Group *points* by the pixel places that *project* gives them. */
export function group(points, project) {
  const groups = [];
  for (const point of points) {
    const { x, y } = project(point);
    const near = groups.find((one) => Math.hypot(one.x - x, one.y - y) < REACH);
    if (near) near.points.push(point);
    else groups.push({ x, y, points: [point] });
  }
  return groups;
}

/** Place *count* marks around a centre: a circle, or a spiral for many. */
export function fanOffsets(count) {
  if (count <= 10) {
    const radius = Math.max(34, (count * 34) / (2 * Math.PI));
    return Array.from({ length: count }, (_, i) => polar(radius, (2 * Math.PI * i) / count - Math.PI / 2));
  }
  let angle = 0;
  return Array.from({ length: count }, (_, i) => {
    const radius = 36 + i * 3.2;
    angle += 34 / radius;
    return polar(radius, angle);
  });
}

function polar(radius, angle) {
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}
