import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { AuditActionEnum, type AuditAction } from '../audit/audit-action';
import { connectionOf } from '../database/connection.type';
import type { NodeTypeName } from '../global-id/global-id';
import { Node } from '../global-id/node.type';

export const AuditActorType = { USER: 'USER', OPERATOR: 'OPERATOR', ANONYMOUS: 'ANONYMOUS' } as const;
export type AuditActorType = keyof typeof AuditActorType;
registerEnumType(AuditActorType, {
  name: 'AuditActorType',
  description: 'What kind of actor caused an event.',
  valuesConfig: {
    USER: { description: 'A user of the organization.' },
    OPERATOR: { description: 'Whoever runs the service, at its command line.' },
    ANONYMOUS: { description: 'An unknown person, who failed to sign in.' },
  },
});

/** For the schema: USER stands for user. */
export const AuditTargetType = { USER: 'user', ROLE: 'role', ORGANIZATION: 'organization' } as const;
export type AuditTargetType = (typeof AuditTargetType)[keyof typeof AuditTargetType];
registerEnumType(AuditTargetType, {
  name: 'AuditTargetType',
  description: 'What kinds of things events are about.',
  valuesConfig: {
    USER: { description: 'A user of the organization.' },
    ROLE: { description: 'A role of the organization.' },
    ORGANIZATION: { description: 'The organization itself.' },
  },
});

/** The type whose ids targets of a kind have. */
export const TARGET_NODES: Readonly<Record<AuditTargetType, NodeTypeName>> = {
  user: 'User',
  role: 'Role',
  organization: 'Organization',
};

// Not called id: the name is the one at that time, and must not replace that of another event in a client's cache.
@ObjectType({ simpleResolvers: true, description: 'Who did what an event tells.' })
export class AuditActor {
  @Field(() => AuditActorType, { description: 'Whether a user, the operator or an unknown person did it.' })
  type: AuditActorType;

  @Field(() => ID, {
    nullable: true,
    description: 'The id of the user; null for the operator and for an unknown person.',
  })
  actorId: string | null;

  @Field(() => String, {
    description: 'The username at that time, or what the operator is called; empty for an unknown person.',
  })
  name: string;
}

@ObjectType({ simpleResolvers: true, description: 'Whom or what it was done to.' })
export class AuditTarget {
  @Field(() => AuditTargetType, {
    nullable: true,
    description:
      'What kind of thing it was done to; null for one that only a newer version of the service knows.',
  })
  type: AuditTargetType | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The id of the user, role or organization; null when type is null.',
  })
  targetId: string | null;

  @Field(() => String, { description: 'The name at that time; of a user the username.' })
  name: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A field that an event changed; of a password both values are null.',
})
export class AuditChange {
  @Field(() => String, { description: 'The name of the field in this API, for example firstName.' })
  field: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The value before as text: true and false, digits, lists with commas. Null when there was none.',
  })
  before: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The value after, written like `before`. Null when there is none.',
  })
  after: string | null;
}

@ObjectType('AuditEvent', {
  implements: Node,
  simpleResolvers: true,
  description: 'Who did what, when and from where.',
})
export class AuditEventType implements Node {
  id: number;

  @Field(() => GraphQLDateTime, { description: 'When it happened.' })
  occurredAt: Date;

  @Field(() => AuditActionEnum, {
    nullable: true,
    description: 'What was done; null for an action that only a newer version of the service knows.',
  })
  action: AuditAction | null;

  @Field(() => AuditActor, { description: 'Who did it.' })
  actor: AuditActor;

  @Field(() => AuditTarget, { description: 'Whom or what it was done to.' })
  target: AuditTarget;

  @Field(() => [AuditChange], {
    description: 'The fields that it changed; empty for events that change none, such as a sign-in.',
  })
  changes: AuditChange[];

  @Field(() => String, {
    description: 'The IP address that the request came from; empty at the command line.',
  })
  ipAddress: string;

  @Field(() => String, {
    description:
      'What the program called itself (User-Agent), cut to 400 characters; empty when it sent nothing.',
  })
  userAgent: string;

  @Field(() => String, {
    description: 'The same for all events of one request: what its answer has in the header X-Request-Id.',
  })
  requestId: string;
}

export const { Connection: AuditEventConnection, ConnectionResolver: AuditEventConnectionResolver } =
  connectionOf(AuditEventType, 'AuditEvent', 'events');
