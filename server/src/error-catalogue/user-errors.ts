export interface UserErrorEntry {
  /** One sentence or two for people; names in braces are filled in. */
  readonly message: string;
  /** When it happens, for developers: also the description of the code in the schema. */
  readonly when: string;
  readonly whatToDo: string;
}

/** Every expected failure of a mutation. Clients branch on the codes; they are never renamed. */
export const USER_ERRORS = {
  REQUIRED: {
    message: '{label} is required.',
    when: 'A value that the input must have is missing, blank or null, or it has two where one is asked for.',
    whatToDo: 'Give the value. A field that is to stay as it is can be left out, but not set to null.',
  },
  TOO_LONG: {
    message: '{label} must have at most {maximum} characters.',
    when: 'A text is longer than its field allows.',
    whatToDo: 'Shorten the text.',
  },
  INVALID_CHARACTERS: {
    message: '{label} has a control or invisible character after “{start}”.',
    when: 'A text has control characters or characters that nobody sees.',
    whatToDo: 'Remove these characters, most easily by typing the text anew.',
  },
  INVALID_EMAIL: {
    message: '{label} must be a valid email address.',
    when: 'A text that must be an email address is none.',
    whatToDo: 'Correct the address.',
  },
  INVALID_PHONE: {
    message: '{label} must be a phone number such as +1 202 555 0143.',
    when: 'A text that must be a phone number is none.',
    whatToDo:
      'Correct the number: with a + and the code of its country, or 3 to 21 digits, and an optional extension.',
  },
  INVALID_COUNTRY: {
    message: '{label} must be the code of a country in two capital letters, such as DE.',
    when: 'A text that must be the code of a country (ISO 3166-1) is none.',
    whatToDo: 'Give the code, or null for no country.',
  },
  PASSWORD_TOO_SHORT: {
    message: 'Password must have at least {minimum} characters.',
    when: 'A new password is shorter than the password policy allows.',
    whatToDo: 'Choose a longer password; the query `passwordPolicy` tells the length.',
  },
  PASSWORD_NEEDS_LOWERCASE: {
    message: 'Password must include a lowercase letter.',
    when: 'A new password has no lowercase letter.',
    whatToDo: 'Add a lowercase letter.',
  },
  PASSWORD_NEEDS_UPPERCASE: {
    message: 'Password must include an uppercase letter.',
    when: 'A new password has no uppercase letter.',
    whatToDo: 'Add an uppercase letter.',
  },
  PASSWORD_TOO_COMMON: {
    message: 'Password must not be one of the passwords that are guessed first.',
    when: 'A new password is on the list of common passwords, and the password policy refuses those.',
    whatToDo: 'Choose a password that nobody else would choose.',
  },
  PASSWORD_CONTAINS_NAME: {
    message: 'Password must not contain the name or the email of its user.',
    when: "A new password contains its user's name or email, and the password policy refuses that.",
    whatToDo: 'Choose a password without them.',
  },
  PASSWORD_UNCHANGED: {
    message: 'The new password must differ from the old one.',
    when: 'A new password is the one that the user has already.',
    whatToDo: 'Choose another password.',
  },
  USERNAME_TAKEN: {
    message: 'This email is already in use.',
    when:
      'Another user signs in with this email, in this or another organization. `conflictingId` names a user of your ' +
      'own to those who may see users.',
    whatToDo: 'Use another email, or change the user whom `conflictingId` names.',
  },
  EXTERNAL_ID_TAKEN: {
    message: 'Another user has this external ID already.',
    when: 'Another user of your organization has this external ID; `conflictingId` names them to those who may see users.',
    whatToDo: 'Use another external ID, or change the user whom `conflictingId` names.',
  },
  USER_NOT_FOUND: {
    message: 'This user does not exist.',
    when: 'No user of your organization has this id.',
    whatToDo: 'Load the list of users again and choose from it.',
  },
  USER_DISABLED: {
    message: 'This user is disabled. Enable the user first.',
    when: 'The action is for enabled users only, and this one is disabled.',
    whatToDo: 'Enable the user with `setUserEnabled` first.',
  },
  USER_EXCEEDS_YOUR_PERMISSIONS: {
    message: 'This user has permissions that you do not have.',
    when: "The user's role has permissions that yours lacks.",
    whatToDo: 'Ask someone who has all of these permissions.',
  },
  INVITATION_ACCEPTED: {
    message: 'This user has already signed in and needs no invitation.',
    when: 'An invitation is to be sent again to a user who has already signed in.',
    whatToDo: 'Nothing; a user who forgot the password can ask for a new one on the sign-in page.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    message: 'This idempotency key was used for something else.',
    when: 'In the last 24 hours you used the idempotency key for another mutation, or with another input.',
    whatToDo: 'Use a new key for each new call, and the same key only to repeat the same call.',
  },
  ROLE_NOT_FOUND: {
    message: 'This role does not exist.',
    when: 'No role of your organization has this id, or users of a deleted role would move to that role itself.',
    whatToDo: 'Load the list of roles again and choose from it.',
  },
  ROLE_NAME_TAKEN: {
    message: 'Another role has this name already.',
    when: 'Another role of your organization has this name.',
    whatToDo: 'Choose another name.',
  },
  ROLE_IN_USE: {
    message: 'Users have this role. Choose the role that they get instead.',
    when: 'A role that users have is to be deleted, and no other role is named for them.',
    whatToDo: 'Name the role that they get in `moveUsersToRoleId`.',
  },
  ROLE_EXCEEDS_YOUR_PERMISSIONS: {
    message: 'This role has permissions that you do not have.',
    when: 'The role has, or would get, permissions that yours lacks.',
    whatToDo: 'Choose another role, or ask someone who has all of these permissions.',
  },
  PERMISSION_NEEDS_OTHERS: {
    message: '“{permission}” needs “{needed}” in the same role.',
    when: 'A role would get a permission, but not another one without which it is of no use.',
    whatToDo:
      'Give the role both or neither; the query `permissions` tells in `requires` what each one needs.',
  },
  CONFLICT: {
    message: 'This has changed while you were working on it. Load it again and repeat your change.',
    when: 'What is to be changed has changed since it was read, for example since `expectedVersion`.',
    whatToDo: 'Read the object again, decide anew, and send the change with its present `version`.',
  },
  MISSING_PERMISSION: {
    message: 'Your role does not have the permission for this.',
    when: 'The rules for this object need a permission that your role lacks.',
    whatToDo: 'Ask an administrator for a role that has the permission.',
  },
  CANNOT_DISABLE_YOURSELF: {
    message: 'You cannot disable yourself.',
    when: '`setUserEnabled` names the user who calls it.',
    whatToDo: 'Ask another administrator.',
  },
  CANNOT_CHANGE_OWN_ROLE: {
    message: 'You cannot change your own role.',
    when: 'The change would give you another role, or change the permissions of the role that you have.',
    whatToDo: 'Ask another administrator.',
  },
  CANNOT_RESET_OWN_MFA: {
    message: 'Turn off your own two-factor authentication on your account page.',
    when: '`resetMfa` names the user who calls it.',
    whatToDo: 'Use `removeMfa`, which asks for the password and a code.',
  },
  CANNOT_CHANGE_OWN_CREDENTIALS: {
    message: 'Change your own email and password on your account page.',
    when: '`updateUser` would give the user who calls it another username or password.',
    whatToDo: 'Use `changeUsername` or `changePassword`, which ask for the present password.',
  },
  CANNOT_UNLOCK_YOURSELF: {
    message: 'You cannot unlock yourself. Ask another administrator, or wait.',
    when: '`unlockUser` names the user who calls it.',
    whatToDo: 'Ask another administrator, or wait until `lockedUntil`.',
  },
  LAST_ADMINISTRATOR: {
    message:
      'This is the last enabled user who can administer users. Make another user an administrator first.',
    when: 'After the change no enabled user could administer the users of the organization.',
    whatToDo: 'Give another enabled user a role that can administer users first.',
  },
  SESSION_NOT_FOUND: {
    message: 'This session has ended already.',
    when: 'None of your sessions has this id, or it has ended.',
    whatToDo: 'Load your list of sessions again.',
  },
  INSECURE_PAGE: {
    message: 'This page was opened without encryption. Open {address} instead to sign in.',
    when: 'A browser signs in on a page that was opened over http:, where it would not keep the session.',
    whatToDo: 'Open the address that the message names.',
  },
  INVALID_CREDENTIALS: {
    message: 'The username or the password is wrong.',
    when: 'The username is unknown, the password wrong, the user disabled, or there were too many wrong attempts.',
    whatToDo: 'Try again later, or set a new password with `requestPasswordReset`.',
  },
  WRONG_PASSWORD: {
    message: 'This password is wrong.',
    when: 'The password that confirms an action is wrong, or there were too many wrong attempts.',
    whatToDo: 'Enter the present password; after several attempts wait some minutes first.',
  },
  INVALID_REFRESH_TOKEN: {
    message: 'The session has ended. Sign in again.',
    when: 'The refresh token is missing, unknown, used already, or belongs to a session that has ended.',
    whatToDo: 'Sign in again.',
  },
  INVALID_TOKEN: {
    message: 'This link has been used or has expired. Ask for a new one.',
    when: 'The token of a mailed link is unknown, used or expired, or its user is disabled.',
    whatToDo: 'Ask for a new link with `requestPasswordReset`.',
  },
  INVALID_CHALLENGE: {
    message: 'This sign-in has expired. Start again with your password.',
    when: 'The challenge token is unknown or expired, or the user was changed since it was given out.',
    whatToDo: 'Start again with `signIn`.',
  },
  WRONG_STEP: {
    message: 'This sign-in asks for something else first. Start again with your password.',
    when: 'The answer is for another step of the sign-in than the first one in `challenge.steps`.',
    whatToDo: 'Answer the first of the steps that the challenge names.',
  },
  MFA_NOT_ENABLED: {
    message: 'Two-factor authentication is not set up.',
    when: 'There is no two-factor authentication that could be removed, or get new recovery codes.',
    whatToDo: 'Nothing, or set it up first with `startMfaSetUp`.',
  },
  MFA_ALREADY_ENABLED: {
    message: 'Two-factor authentication is set up already. Turn it off before you set it up again.',
    when: 'Two-factor authentication is to be set up by someone who has it.',
    whatToDo: 'Turn it off with `removeMfa` first.',
  },
  MFA_REQUIRED: {
    message: 'Two-factor authentication is required for you, so you cannot turn it off.',
    when: 'Two-factor authentication is to be turned off by a user who must have it; `mfaRequiredBy` says why.',
    whatToDo: 'Ask an administrator, who can lift the requirement.',
  },
  INVALID_MFA_CODE: {
    message: 'This code is wrong, expired or used already.',
    when: 'The code of the authenticator app is wrong or used, or there were too many wrong attempts.',
    whatToDo: 'Enter the next code that the app shows; after several attempts wait some minutes first.',
  },
  INVALID_RECOVERY_CODE: {
    message: 'This recovery code is wrong or used.',
    when: 'The recovery code is wrong or used, or there were too many wrong attempts.',
    whatToDo: 'Enter another recovery code; after several attempts wait some minutes first.',
  },
} as const satisfies Readonly<Record<string, UserErrorEntry>>;
