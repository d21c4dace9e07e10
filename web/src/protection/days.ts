/** The instant at which a day begins, as the node counts national deadlines: midnight UTC. */
export const midnight = (date: string): string => `${date}T00:00:00.000000Z`;

/** "Family, given", one a line. */
export function names_of(lines: string): { family: string; given?: string }[] {
  return lines
    .split('\n')
    .map((line) => line.split(',').map((part) => part.trim()))
    .filter(([family]) => family)
    .map(([family, given]) => ({ family: family ?? '', ...(given ? { given } : {}) }));
}
export const lines_of = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean);
