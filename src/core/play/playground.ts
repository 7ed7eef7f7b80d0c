/** The lab that is a machine without a task, where a network is built by hand. */
export const playground = 'playground';

/** The track of the labs that a user has saved. */
export const ownTrack = 'own';
