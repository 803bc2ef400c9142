/** A run that is named so is a cluster's: `r-3551aa80`. */
export const isClusterRunId = (reference: string): boolean => reference.startsWith('r-');
