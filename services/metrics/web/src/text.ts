/** Every English word of the page. The words are the officers' own. */

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const text = {
  brand: "stepsix",
  skip: "Skip to the content",
  signOut: "Sign out",
  signInTitle: "Sign in",
  signInHelp:
    "Open the one-time link that the service printed when it started, or give your access token.",
  token: "Access token",
  signIn: "Sign in",
  map: "Map of hot spots and units. The lists beside it hold the same in words.",
  find: "Find a hot spot or unit",
  hotspots: "Hot spots",
  units: "Units",
  policeMinutes: "Police minutes today (range)",
  simulated: "SIMULATED",
  simulatedMore: "Radios, officers and patrols on this page are made up.",
  notAnAlarm:
    "Not a safety alarm. stepsix does not watch over officers; use the radio and its emergency button.",
  noSuchPage: "There is no such page.",
  toTheBoard: "To the live board",
  minutes: (estimate: string) => `${estimate} min`,
  noPatrol: "no patrol recorded",
  unitsHere: (count: number) =>
    count === 0 ? "no unit here now" : `${plural(count, "unit", "units")} here now`,
  provisional: "provisional",
  final: "final",
  reportsEvery: (observed: number, set: number) =>
    `reports every ${Math.round(observed)} s, set: ${Math.round(set)} s`,
  setAside: (all: number, reasons: string) =>
    `${plural(all, "ping", "pings")} set aside: ${reasons}`,
  since: (time: string) => `since ${time}`,
  hotspotsSummary: (patrolled: number, all: number) => `${patrolled} of ${all} with a unit now`,
  unitsSummary: (reporting: number, quiet: number) =>
    quiet === 0 ? `${reporting} reporting` : `${reporting} reporting, ${quiet} quiet`,
  noHotspots: "No hot spots yet. Draw one with PUT /v1/hotspots.",
  noUnits: "No radio has been heard yet.",
  noMatch: "Nothing by that name.",
  more: (count: number) => `and ${count} more: type a name to find one`,
  states: {
    reporting: "reporting",
    quiet: "quiet",
    lost: "not heard",
    no_position: "no position",
    off_duty: "off duty",
  },
  inCore: (hotspot: string) => `in ${hotspot}`,
  inCatchment: (hotspot: string) => `near ${hotspot}`,
  elsewhere: "outside all hot spots",
  noPosition: "no position yet",
  accuracy: (metres: number) => `±${Math.round(metres)} m`,
  ago: (age: string) => `${age} ago`,
  showAll: "Show all",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  connection: {
    live: "Live",
    connecting: "Connecting",
    silent: "No connection",
    behind: "Behind",
  },
  silent: (time: string) => `Nothing heard from the service since ${time}. What you see is old.`,
  silentMore: "The page keeps trying to connect.",
  behind: "The service is behind. What you see is old.",
  behindMore: (time: string | null, reason: string | null) => {
    const until = time === null ? "" : `Figures are as of ${time}. `;
    const why = reason === null ? "" : `Cause: ${reason}. `;
    return `${until}${why}Pings are kept and will be counted.`;
  },
  signOutFailed: "Not signed out: try again",
  unreachable: "The service cannot be reached. Trying again.",
  signInFailed: "The service did not answer as it should. Try again in a moment.",
  wrongToken: "That token is not known here, or was revoked.",
  mayNotSee: (name: string) =>
    `The token "${name}" may not see the live picture. Sign in with one that has the scope view.`,
} as const;
