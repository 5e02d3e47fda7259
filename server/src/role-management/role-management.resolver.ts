import { Arg, Ctx, Directive, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext, SignedInContext } from '../request/request-context';
import { UserErrorCode } from '../errors';
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
    description: 'How many users have the role, disabled ones included; counts no further than upTo.',
  })
  @Directive('@auth(requires: VIEW_USERS)')
  userCount(
    @Root() role: RoleSubject,
    @Arg('upTo', () => Int, { defaultValue: 1000 }) upTo: number,
    @Ctx() context: RequestContext,
  ): Promise<number> {
    return countUsersOfRole(context, role.id, upTo);
  }

  @FieldResolver(() => [UserErrorCode])
  @Directive('@signedIn')
  viewerCannotEditReasons(@Root() role: RoleSubject, @Ctx() { viewer }: SignedInContext): UserErrorCode[] {
    return denialsToEditRole(viewer, role);
  }

  @FieldResolver(() => [UserErrorCode])
  @Directive('@signedIn')
  viewerCannotChangePermissionsReasons(
    @Root() role: RoleSubject,
    @Ctx() { viewer }: SignedInContext,
  ): UserErrorCode[] {
    return denialsToChangePermissions(viewer, role);
  }

  @FieldResolver(() => [UserErrorCode])
  @Directive('@signedIn')
  viewerCannotDeleteReasons(@Root() role: RoleSubject, @Ctx() { viewer }: SignedInContext): UserErrorCode[] {
    return denialsToDeleteRole(viewer, role);
  }

  @FieldResolver(() => Boolean, { description: 'Name and settings; the permissions of the own role stay.' })
  @Directive('@signedIn')
  viewerCanEdit(@Root() role: RoleSubject, @Ctx() { viewer }: SignedInContext): boolean {
    return denialsToEditRole(viewer, role).length === 0;
  }

  @FieldResolver(() => Boolean)
  @Directive('@signedIn')
  viewerCanChangePermissions(@Root() role: RoleSubject, @Ctx() { viewer }: SignedInContext): boolean {
    return denialsToChangePermissions(viewer, role).length === 0;
  }

  @FieldResolver(() => Boolean)
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
    @Arg('input', () => PreviewRoleChangeInput) input: PreviewRoleChangeInput,
    @Ctx() context: SignedInContext,
  ): Promise<RoleChangePreview | null> {
    return previewRoleChange(context, input);
  }

  @Mutation(() => CreateRolePayload, { nullable: true, description: 'Adds a role to the organization.' })
  @Directive('@auth(requires: MANAGE_ROLES)')
  createRole(
    @Arg('input', () => CreateRoleInput) input: CreateRoleInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ role: Role }> {
    return createRole(context, input);
  }

  @Mutation(() => UpdateRolePayload, {
    nullable: true,
    description: 'Changes the fields that are given; it acts on the next request of everybody with the role.',
  })
  @Directive('@auth(requires: MANAGE_ROLES)')
  updateRole(
    @Arg('input', () => UpdateRoleInput) input: UpdateRoleInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ role: Role }> {
    return updateRole(context, input);
  }

  @Mutation(() => DuplicateRolePayload, {
    nullable: true,
    description: 'A copy of a role under another name, without users.',
  })
  @Directive('@auth(requires: MANAGE_ROLES)')
  duplicateRole(
    @Arg('input', () => DuplicateRoleInput) input: DuplicateRoleInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ role: Role }> {
    return duplicateRole(context, input);
  }

  @Mutation(() => DeleteRolePayload, {
    nullable: true,
    description: 'Deletes a role; its users get another in the same step.',
  })
  @Directive('@auth(requires: MANAGE_ROLES)')
  deleteRole(
    @Arg('input', () => DeleteRoleInput) input: DeleteRoleInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ deletedRoleId: string; movedUsers: number }> {
    return deleteRole(context, input);
  }
}
