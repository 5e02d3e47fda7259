/** Why a mail did not go out, one sentence each for administrators; names in braces are filled in. */
export const MAIL_FAILURES = {
  replaced: 'A later mail replaced it.',
  usernameChanged: 'The username has changed since.',
  userDisabled: 'The user was disabled before it could be sent.',
  userSignedIn: 'The user had signed in before it could be sent.',
  userGone: 'The user was gone before it could be sent.',
  linkEnded: 'Its link stopped working before it could be sent.',
  otherSecret: 'It was written under another SECRET.',
  fileNotWritten: 'The file for it could not be written ({code}).',
  signInRefused: 'The mail server refused our sign-in.',
  refused: 'The mail server refused it: {said}',
  noSuchAddress: 'No mail can be sent to this address.',
  tooSlow: 'The mail server took too long.',
  unreachable: 'The mail server could not be reached.',
} as const;
