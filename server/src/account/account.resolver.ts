import { Arg, Args, Ctx, Directive, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { RequestContext, SignedInContext } from '../request/request-context';
import type { Viewer } from '../access/viewer';
import { ConnectionArgs } from '../database/connection.type';
import type { Page } from '../database/read-page';
import { EndSessionsPayload } from '../sessions/end-sessions.payload';
import { ViewerType } from '../sessions/viewer.type';
import { countRecoveryCodes } from '../mfa/recovery-codes';
import type { UserView } from '../users/user-view';
import {
  ChangePasswordInput,
  ChangeUsernameInput,
  EndSessionInput,
  RemoveMfaInput,
  ReplaceRecoveryCodesInput,
  UpdateProfileInput,
} from './account.inputs';
import {
  ChangePasswordPayload,
  ChangeUsernamePayload,
  RemoveMfaPayload,
  ReplaceRecoveryCodesPayload,
  UpdateProfilePayload,
  type ViewerSession,
} from './account.payloads';
import { changePassword } from './change-password';
import { changeUsername } from './change-username';
import { endOtherSessions, endOwnSession } from './end-own-sessions';
import { listSessions } from './list-sessions';
import { ViewerSessionConnection } from './session-connection.type';
import { removeOwnMfa, replaceOwnRecoveryCodes } from './own-mfa';
import { updateProfile } from './update-profile';

@Resolver(() => ViewerType)
export class AccountResolver {
  @FieldResolver(() => ViewerSessionConnection, {
    description: "The viewer's live sessions: this one first, then the latest seen first.",
  })
  sessions(
    @Root() viewer: Viewer,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
    @Ctx() context: RequestContext,
  ): Promise<Page<ViewerSession>> {
    return listSessions(context, viewer, page);
  }

  @FieldResolver(() => Int, {
    description:
      'How many recovery codes of the viewer are unused: 0 to 10; 0 without two-factor authentication.',
  })
  recoveryCodesLeft(@Root() viewer: Viewer, @Ctx() { database }: RequestContext): Promise<number> {
    return countRecoveryCodes(database.reader, viewer.userId);
  }

  @Mutation(() => UpdateProfilePayload, {
    nullable: true,
    description: "Changes the viewer's own name and phone.",
  })
  @Directive('@signedIn')
  updateProfile(
    @Arg('input', () => UpdateProfileInput, { description: 'The fields to change.' })
    input: UpdateProfileInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ user: UserView }> {
    return updateProfile(context, input);
  }

  @Mutation(() => ChangeUsernamePayload, {
    nullable: true,
    description: "Changes the viewer's own username, which asks for their password.",
  })
  @Directive('@signedIn')
  changeUsername(
    @Arg('input', () => ChangeUsernameInput, { description: 'The new username and the present password.' })
    input: ChangeUsernameInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ user: UserView }> {
    return changeUsername(context, input);
  }

  @Mutation(() => ChangePasswordPayload, {
    nullable: true,
    description: "Changes the viewer's own password, and ends their other sessions.",
  })
  @Directive('@signedIn')
  changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'The present and the new password.' })
    input: ChangePasswordInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ endedSessions: number }> {
    return changePassword(context, input);
  }

  @Mutation(() => RemoveMfaPayload, {
    nullable: true,
    description:
      "Turns off the viewer's own two-factor authentication unless it is required of them, and " +
      'ends their other sessions.',
  })
  @Directive('@signedIn')
  removeMfa(
    @Arg('input', () => RemoveMfaInput, { description: "The viewer's password and a code of their app." })
    input: RemoveMfaInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ user: UserView; endedSessions: number }> {
    return removeOwnMfa(context, input);
  }

  @Mutation(() => ReplaceRecoveryCodesPayload, {
    nullable: true,
    description: 'Makes ten new recovery codes for the viewer; the earlier ones stop working.',
  })
  @Directive('@signedIn')
  replaceRecoveryCodes(
    @Arg('input', () => ReplaceRecoveryCodesInput, { description: "A code of the viewer's app." })
    input: ReplaceRecoveryCodesInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ recoveryCodes: string[] }> {
    return replaceOwnRecoveryCodes(context, input);
  }

  @Mutation(() => EndSessionsPayload, { nullable: true, description: 'Ends one session of the viewer.' })
  @Directive('@signedIn')
  endSession(
    @Arg('input', () => EndSessionInput, { description: 'The session to end.' }) { id }: EndSessionInput,
    @Ctx() context: SignedInContext,
  ): Promise<{ endedSessions: number }> {
    return endOwnSession(context, id);
  }

  @Mutation(() => EndSessionsPayload, {
    nullable: true,
    description: 'Ends every session of the viewer but this one.',
  })
  @Directive('@signedIn')
  endOtherSessions(@Ctx() context: SignedInContext): Promise<{ endedSessions: number }> {
    return endOtherSessions(context);
  }
}
