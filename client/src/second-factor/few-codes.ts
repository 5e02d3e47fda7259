/** From so many recovery codes on it is time for new ones. */
const FEW_CODES = 3;

export const areFew = (codesLeft: number): boolean => codesLeft <= FEW_CODES;
