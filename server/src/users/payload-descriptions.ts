/** What payloads say about their user: the mutation has changed this one. */
export const CHANGED_USER = 'The user after the change; null when the mutation was refused.';

export const ENDED_SESSIONS =
  'How many live sessions of the user this has ended; 0 when the mutation was refused.';

export const ENDED_OTHER_SESSIONS =
  "How many of the viewer's other live sessions this has ended; 0 when the mutation was refused.";
