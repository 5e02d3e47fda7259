export interface TopLevelErrorEntry {
  /** Every sentence that goes with the code, by the situation; names in braces are filled in. */
  readonly messages: Readonly<Record<string, string>>;
  /** When it happens, for developers. */
  readonly when: string;
  readonly whatToDo: string;
  /** Which HTTP status the answer has. */
  readonly http: string;
}

/** Every failure that stands in `errors`, with its code in `extensions.code`; the codes are never renamed. */
export const TOP_LEVEL_ERRORS = {
  UNAUTHENTICATED: {
    messages: { notSignedIn: 'Sign in first: the access token is missing, expired or revoked.' },
    when: 'A field needs a session, and the access token is missing, expired or revoked.',
    whatToDo: 'Renew the session with `refreshSession`, or sign in.',
    http: '200, like every document that could be executed',
  },
  FORBIDDEN: {
    messages: { missingPermission: 'This needs the permission {permission}.' },
    when: 'A field needs a permission that your role lacks; `extensions.requires` names it.',
    whatToDo: 'Ask an administrator for a role that has the permission.',
    http: '200, like every document that could be executed',
  },
  BAD_USER_INPUT: {
    messages: {
      outOfRange: '{argument} must be from 1 to {maximum}.',
      tooMany: '{argument} takes at most {maximum} {things}.',
      bothEnds: 'Give either first or last, not both.',
      foreignCursor: '{argument} is not a cursor of this list: order, search and filter must be the same.',
      reversedRange: '{argument} must not end before it begins.',
      repeatedSort: '{argument} names a field twice.',
      unservedOperation: 'There is no {operation} here.',
      malformedRequest: 'This request cannot be read: its address, headers or body are malformed.',
    },
    when:
      'The document, its variables or an argument make no sense; `extensions.argument` names the argument, ' +
      'where it is one. Where the schema refuses the document itself, the message is that of GraphQL.',
    whatToDo: 'Correct the request; sending it again unchanged does not help.',
    http: '400 for a document or variables that do not fit the schema, 200 for an argument of a field',
  },
  QUERY_TOO_COMPLEX: {
    messages: {
      aliases: 'The query is too complex: it has more than {maximum} aliases.',
      directives: 'The query is too complex: it has more than {maximum} directives.',
      rootFields: 'The query is too complex: it has more than {maximum} fields at the root.',
      depth: 'The query is too complex: it is more than {maximum} levels deep.',
      tokens: 'The query is too complex: it has more than {maximum} words and signs.',
      recursion: 'The query is too complex: its fragments repeat too much.',
      introspection: 'The query is too complex: it asks for the fields of types of fields, and so on.',
      mutations: 'The document is too complex: it has more than {maximum} mutations.',
      heavy:
        'The document is too complex: of the mutations that take a password, mail or sign in it may have {maximum}.',
      repeatedList: 'The query is too complex: a list with pages stands within a list of the same kind.',
      cost: 'The query is too complex: it asks for more than {maximum} objects.',
    },
    when:
      'One document asks for more than any client needs at once; `extensions.maximum` tells the limit, and ' +
      '`extensions.cost` how much was asked for, where it is about the number of objects.',
    whatToDo: 'Ask for less at once, in several requests.',
    http: '400',
  },
  NOT_FOUND: {
    messages: { nothingHere: 'There is nothing at this address.' },
    when: 'The service has nothing at the path of the request.',
    whatToDo: 'Send GraphQL to `/graphql`.',
    http: '404',
  },
  METHOD_NOT_ALLOWED: {
    messages: { otherMethod: 'This address takes other methods; the header Allow names them.' },
    when: 'The path of the request is known, and its method is not one of those in the header `Allow`.',
    whatToDo: 'Send GraphQL with POST.',
    http: '405',
  },
  PAYLOAD_TOO_LARGE: {
    messages: { tooLarge: 'The body of the request is too large.' },
    when: 'The body of the request has more than 256 KiB.',
    whatToDo: 'Ask for less at once, in several requests.',
    http: '413',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    messages: { notJson: 'The body of the request must be JSON, with the content type application/json.' },
    when: 'The body of the request is a form, compressed, or of another type than JSON.',
    whatToDo: 'Send JSON with the header `Content-Type: application/json`.',
    http: '415',
  },
  RATE_LIMITED: {
    messages: {
      tooMany: 'There were too many requests of this kind from your address. Try again in a minute.',
      usedUp: 'You have used up what you may ask for in a minute. Try again in a few seconds.',
    },
    when:
      'So many sign-ins, links for a new password, invitations, new users or new usernames were asked for from one ' +
      'address that no more are taken for now; or a session, or an address without one, asked for more in a minute ' +
      'than it may, which `Query.rateLimit` tells. Nothing was done.',
    whatToDo: 'Try again after the seconds that the header `Retry-After` gives.',
    http: '429',
  },
  OVERLOADED: {
    messages: { busy: 'There are too many requests at this moment. Try again in a few seconds.' },
    when: 'The service has more to do than it can do in time. Nothing was done.',
    whatToDo: 'Try again after the seconds that the header `Retry-After` gives.',
    http: '503',
  },
  INTERNAL: {
    messages: { unforeseen: 'Something went wrong on our side. Try again later.' },
    when: 'The service failed in a way that it did not foresee; only its log says how.',
    whatToDo: 'Try again later. If it goes on, the operator finds the reason in the log of the service.',
    http: '200 when a field failed, 500 when the request could not be answered at all',
  },
} as const satisfies Readonly<Record<string, TopLevelErrorEntry>>;
