/** Metres on the ground and degrees (WGS 84). Pure; good to a millimetre over a hot spot. */

/** Longitude and latitude, as GeoJSON has them. */
export type Corner = readonly [lon: number, lat: number];

/** A centimetre, more or less: finer than anybody draws. */
const DECIMALS = 7;

/** A corner that many metres further east and north. */
export function moved([lon, lat]: Corner, east: number, north: number): Corner {
  return rounded([lon + east / metresOfLon(lat), lat + north / metresOfLat(lat)]);
}

/** The middle between two corners. */
export function between([lon, lat]: Corner, [otherLon, otherLat]: Corner): Corner {
  return rounded([(lon + otherLon) / 2, (lat + otherLat) / 2]);
}

/** The middle of some corners, of which there is at least one. */
export function middleOf(corners: readonly Corner[]): Corner {
  const sum = (values: number[]) => values.reduce((all, each) => all + each, 0);
  return rounded([
    sum(corners.map(([lon]) => lon)) / corners.length,
    sum(corners.map(([, lat]) => lat)) / corners.length,
  ]);
}

/** A square with sides of that many metres. */
export function squareAround(middle: Corner, side: number): Corner[] {
  const half = side / 2;
  return [
    moved(middle, -half, -half),
    moved(middle, half, -half),
    moved(middle, half, half),
    moved(middle, -half, half),
  ];
}

export function rounded([lon, lat]: Corner): Corner {
  return [Number(lon.toFixed(DECIMALS)), Number(lat.toFixed(DECIMALS))];
}

/** Metres in a degree of latitude (series of the WGS 84 ellipsoid). */
function metresOfLat(lat: number): number {
  const angle = radians(lat);
  return 111_132.92 - 559.82 * Math.cos(2 * angle) + 1.175 * Math.cos(4 * angle);
}

function metresOfLon(lat: number): number {
  const angle = radians(lat);
  return 111_412.84 * Math.cos(angle) - 93.5 * Math.cos(3 * angle);
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
