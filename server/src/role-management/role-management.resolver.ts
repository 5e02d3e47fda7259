import { Arg, Ctx, Directive, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { COUNT_LIMIT } from '../database/count-limit';
import type { RequestContext, SignedInContext } from '../request/request-context';
import { repeatable } from '../idempotency/repeatable';
import { UserErrorCode } from '../errors';
import { ROLE_ANSWER } from '../roles/repeated-answer';
import { Role } from '../roles/role.entity';
import {
  denialsToChangePermissions,
  denialsToDeleteRole,
  denialsToEditRole,
  type RoleSubject,
} from '../roles/role.policy';
import { countUsersOfRole } from './count-users-of-role';
import { createRole } from './create-role';
import { deleteRole } from './delete-role';
import { duplicateRole } from './duplicate-role';
import { previewRoleChange } from './preview-role-change';
import {
  CreateRoleInput,
  DeleteRoleInput,
  DuplicateRoleInput,
  PreviewRoleChangeInput,
  UpdateRoleInput,
} from './role.inputs';
import {
  CreateRolePayload,
  DeleteRolePayload,
  DuplicateRolePayload,
  RoleChangePreview,
  UpdateRolePayload,
} from './role.payloads';
import { updateRole } from './update-role';

@Resolver(() => Role)
export class RoleManagementResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description: 'How many users have the role, disabled ones included; counting stops at upTo.',
  })
  @Directive('@auth(requires: VIEW_USERS)')
  userCount(
    @Root() role: RoleSubject,
    @Arg('upTo', () => Int, COUNT_LIMIT)
    upTo: number,
    @Ctx() context: RequestContext,
  ): Promise<number> {
    return countUsersOfRole(context, role.id, upTo);
  }

  @FieldResolver(() => [UserErrorCode], {
    description: 'Why the viewer may not change or duplicate this role; empty when viewerCanEdit is true.',
  })
  @Directive('@signedIn')
  viewerCannotEditReasons(@Root() role: RoleSubject, @Ctx() { viewer }: SignedInContext): UserErrorCode[] {
    return denialsToEditRole(viewer, role);
  }

  @FieldResolver(() => [UserErrorCode], {
    description:
      'Why the viewer may not change the permissions of this role; empty when ' +
      'viewerCanChangePermissions is true.',
  })
  @Directive('@signedIn')
  viewerCannotChangePermissionsReasons(
    @Root() role: RoleSubject,
    @Ctx() { viewer }: SignedInContext,
  ): UserErrorCode[] {
    return denialsToChangePermissions(viewer, role);
  }

  @FieldResolver(() => [UserErrorCode], {
    description: 'Why the viewer may not delete this role; empty when viewerCanDelete is true.',
  })
  @Directive('@signedIn')
  viewerCannotDeleteReasons(@Root() role: RoleSubject, @Ctx() { viewer }: SignedInContext): UserErrorCode[] {
    return denialsToDeleteRole(viewer, role);
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether the viewer may change the name and settings of this role with updateRole, or ' +
      'duplicate it. Its permissions: see viewerCanChangePermissions.',
  })
  @Directive('@signedIn')
  viewerCanEdit(@Root() role: RoleSubject, @Ctx() { viewer }: SignedInContext): boolean {
    return denialsToEditRole(viewer, role).length === 0;
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether the viewer may change the permissions of this role with updateRole. Never true for ' +
      'their own role.',
  })
  @Directive('@signedIn')
  viewerCanChangePermissions(@Root() role: RoleSubject, @Ctx() { viewer }: SignedInContext): boolean {
    return denialsToChangePermissions(viewer, role).length === 0;
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the viewer may delete this role with deleteRole. Never true for their own role.',
  })
  @Directive('@signedIn')
  viewerCanDelete(@Root() role: RoleSubject, @Ctx() { viewer }: SignedInContext): boolean {
    return denialsToDeleteRole(viewer, role).length === 0;
  }

  @Query(() => RoleChangePreview, {
    nullable: true,
    description: 'What updateRole would do with these permissions; null when there is no such role.',
  })
  @Directive('@auth(requires: MANAGE_ROLES)')
  previewRoleChange(
    @Arg('input', () => PreviewRoleChangeInput, { description: 'The role, and the permissions to try.' })
    input: PreviewRoleChangeInput,
    @Ctx() context: SignedInContext,
  ): Promise<RoleChangePreview | null> {
    return previewRoleChange(context, input);
  }

  @Mutation(() => CreateRolePayload, { nullable: true, description: 'Adds a role to the organization.' })
  @Directive('@auth(requires: MANAGE_ROLES)')
  createRole(
    @Arg('input', () => CreateRoleInput, { description: 'The role to add.' }) input: CreateRoleInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ role: Role | null }> {
    return repeatable(context, { mutation: 'createRole', input }, ROLE_ANSWER, (once) =>
      createRole(once, input),
    );
  }

  @Mutation(() => UpdateRolePayload, {
    nullable: true,
    description:
      'Changes the fields of a role that are given. New permissions hold from the next request of ' +
      'every user with the role.',
  })
  @Directive('@auth(requires: MANAGE_ROLES)')
  updateRole(
    @Arg('input', () => UpdateRoleInput, { description: 'The role, and the fields to change.' })
    input: UpdateRoleInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ role: Role }> {
    return updateRole(context, input);
  }

  @Mutation(() => DuplicateRolePayload, {
    nullable: true,
    description: 'Adds a copy of a role under another name, without users.',
  })
  @Directive('@auth(requires: MANAGE_ROLES)')
  duplicateRole(
    @Arg('input', () => DuplicateRoleInput, { description: 'The role to copy, and the name of the copy.' })
    input: DuplicateRoleInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ role: Role | null }> {
    return repeatable(context, { mutation: 'duplicateRole', input }, ROLE_ANSWER, (once) =>
      duplicateRole(once, input),
    );
  }

  @Mutation(() => DeleteRolePayload, {
    nullable: true,
    description: 'Deletes a role; its users get another one in the same step, which also requires EDIT_USER.',
  })
  @Directive('@auth(requires: MANAGE_ROLES)')
  deleteRole(
    @Arg('input', () => DeleteRoleInput, { description: 'The role to delete, and the one for its users.' })
    input: DeleteRoleInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ deletedRoleId: string; movedUsers: number }> {
    return deleteRole(context, input);
  }
}
