import type { GraphQLError } from 'graphql';
import { Arg, Ctx, Directive, ID, Query, Resolver } from 'type-graphql';
import { findSessions } from '../account/list-sessions';
import { permissionName, type Permission } from '../access/permissions';
import { hasPermission } from '../access/viewer';
import { findAuditEvents } from '../audit-log/list-audit-events';
import { badUserInput, forbidden } from '../errors';
import { parseAnyGlobalId, type NodeReference, type NodeTypeName } from '../global-id/global-id';
import { Node } from '../global-id/node.type';
import { findOwnOrganization } from '../organizations/find-own-organization';
import type { SignedInContext } from '../request/request-context';
import { findRoles } from '../roles/find-role';
import { findUsers } from '../users/find-user';

const MAXIMUM_IDS = 100;

interface Row {
  readonly id: number;
}

/** How the objects of a type are read again. */
interface NodeReader {
  /** Reads those that the viewer's organization has, in any order; one statement for all. */
  readonly read: (context: SignedInContext, ids: readonly number[]) => Promise<readonly Row[]>;
  /** The permission that the fields need by which these objects are found otherwise. */
  readonly requires?: Permission;
  /** What the viewer may read without it: what is their own. */
  readonly isOwn?: (context: SignedInContext, id: number) => boolean;
}

const READERS: Readonly<Record<NodeTypeName, NodeReader>> = {
  User: {
    read: ({ database, viewer }, ids) => findUsers(database.reader, viewer, ids),
    requires: 'view_users',
    isOwn: ({ viewer }, id) => viewer.userId === id,
  },
  Role: {
    read: ({ database, viewer }, ids) => findRoles(database.reader, viewer, ids),
    requires: 'view_users',
    isOwn: ({ viewer }, id) => viewer.roleId === id,
  },
  Organization: {
    read: async ({ database, viewer }) => [await findOwnOrganization(database.reader, viewer)],
  },
  ViewerSession: { read: findSessions },
  AuditEvent: { read: findAuditEvents, requires: 'view_audit_log' },
};

/** Reads any object again by its id, under the same rules as the fields that answered it first. */
@Resolver()
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description:
      'Any object by its id. Null when there is no such object in the organization; an object that the viewer ' +
      'needs a permission for is FORBIDDEN without it, whether it exists or not.',
  })
  @Directive('@signedIn')
  async node(
    @Arg('id', () => ID, { description: 'An id that any field of this API answered.' }) id: string,
    @Ctx() context: SignedInContext,
  ): Promise<object | null> {
    const [node] = await readNodes(context, [id]);
    return node ?? null;
  }

  @Query(() => [Node], {
    nullable: 'itemsAndList',
    description: 'Several objects by their ids, in the order of the ids; each as `node` answers it.',
  })
  @Directive('@signedIn')
  nodes(
    @Arg('ids', () => [ID], { description: 'At most 100 ids, of any types.' }) ids: string[],
    @Ctx() context: SignedInContext,
  ): Promise<(object | null)[]> {
    if (ids.length > MAXIMUM_IDS) {
      throw badUserInput('tooMany', 'ids', { maximum: MAXIMUM_IDS, things: 'ids' });
    }
    return readNodes(context, ids);
  }
}

/** One statement for each type. An error stands in the place of what the viewer may not read. */
async function readNodes(
  context: SignedInContext,
  ids: readonly string[],
): Promise<(object | GraphQLError | null)[]> {
  const references = ids.map(parseAnyGlobalId);
  const found = new Map<NodeTypeName, ReadonlyMap<number, Row>>();
  for (const type of new Set(references.flatMap((reference) => reference?.type ?? []))) {
    const wanted = references.filter((one) => one?.type === type && !denial(context, one));
    const rows =
      wanted.length > 0 ? await READERS[type].read(context, [...new Set(wanted.map((one) => one!.id))]) : [];
    found.set(type, new Map(rows.map((row) => [row.id, row])));
  }
  return references.map((reference) => {
    if (!reference) return null;
    const { type, id } = reference;
    const row = found.get(type)?.get(id);
    return denial(context, reference) ?? (row ? { ...row, __typename: type } : null);
  });
}

function denial(context: SignedInContext, { type, id }: NodeReference): GraphQLError | null {
  const { requires, isOwn } = READERS[type];
  const isOpen = !requires || hasPermission(context.viewer, requires) || isOwn?.(context, id);
  return isOpen ? null : forbidden(permissionName(requires));
}
