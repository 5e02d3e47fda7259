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
  valuesConfig: {
    OPERATOR: { description: 'Whoever runs the service, at its command line.' },
    ANONYMOUS: { description: 'Nobody known: whoever failed to sign in.' },
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
@ObjectType({ simpleResolvers: true, description: 'Who did it.' })
export class AuditActor {
  @Field(() => AuditActorType)
  type: AuditActorType;

  @Field(() => ID, { nullable: true, description: "The user's id; null when it was no user." })
  actorId: string | null;

  @Field(() => String, {
    description: 'The username at that time, or what the operator is called; empty when nobody is known.',
  })
  name: string;
}

@ObjectType({ simpleResolvers: true, description: 'Whom or what it was done to.' })
export class AuditTarget {
  @Field(() => AuditTargetType, {
    nullable: true,
    description: 'Null for what only a newer version of the service knows.',
  })
  type: AuditTargetType | null;

  @Field(() => ID, { nullable: true, description: 'The id of the user, role or organization.' })
  targetId: string | null;

  @Field(() => String, { description: 'The name at that time; of a user the username.' })
  name: string;
}

@ObjectType({ simpleResolvers: true, description: 'What a field held; of a password both are null.' })
export class AuditChange {
  @Field(() => String, { description: 'For example firstName.' })
  field: string;

  @Field(() => String, { nullable: true, description: 'true and false, digits, lists with commas.' })
  before: string | null;

  @Field(() => String, { nullable: true })
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
    description: 'Null for what only a newer version of the service knows.',
  })
  action: AuditAction | null;

  @Field(() => AuditActor)
  actor: AuditActor;

  @Field(() => AuditTarget)
  target: AuditTarget;

  @Field(() => [AuditChange])
  changes: AuditChange[];

  @Field(() => String, { description: 'The address that the request came from; empty at the command line.' })
  ipAddress: string;

  @Field(() => String)
  userAgent: string;

  @Field(() => String, { description: 'The same for everything that one request did.' })
  requestId: string;
}

export const { Connection: AuditEventConnection, ConnectionResolver: AuditEventConnectionResolver } =
  connectionOf(AuditEventType, 'AuditEvent', 'events');
