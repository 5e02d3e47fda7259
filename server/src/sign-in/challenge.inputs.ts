import { Directive, Field, InputType } from 'type-graphql';

@Directive('@oneOf')
@InputType({ description: 'The answer to one step of a sign-in: exactly one of these fields.' })
export class SignInAnswer {
  @Field(() => String, {
    nullable: true,
    description: 'For ENTER_MFA_CODE: the six digits that the authenticator app shows.',
  })
  mfaCode?: string;

  @Field(() => String, {
    nullable: true,
    description:
      'For ENTER_MFA_CODE when the app is out of reach: an unused recovery code. Case, spaces and ' +
      'hyphens do not count.',
  })
  recoveryCode?: string;

  @Field(() => String, {
    nullable: true,
    description:
      'For CHANGE_PASSWORD: a password that keeps to passwordPolicy, with a lowercase and an ' +
      'uppercase letter; not the present one.',
  })
  newPassword?: string;
}

@InputType({ description: 'The answer to the first step of a challenge.' })
export class AnswerSignInChallengeInput {
  @Field(() => String, { description: 'The `token` of the latest challenge of this sign-in.' })
  challengeToken: string;

  @Field(() => SignInAnswer, { description: "What the first of the challenge's `steps` asks for." })
  answer: SignInAnswer;
}

@InputType({
  description: 'Who sets up two-factor authentication: someone who is signing in, or the signed-in viewer.',
})
export class StartMfaSetUpInput {
  @Field(() => String, {
    nullable: true,
    description:
      'The `token` of the challenge whose first step is SET_UP_MFA; absent for the signed-in viewer.',
  })
  challengeToken?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The present password of the signed-in viewer; not needed with a challengeToken.',
  })
  password?: string | null;
}

@InputType({ description: 'A code that proves that the app has the secret of startMfaSetUp.' })
export class ConfirmMfaSetUpInput {
  @Field(() => String, {
    nullable: true,
    description: 'The one that was given to startMfaSetUp; absent for the signed-in viewer.',
  })
  challengeToken?: string | null;

  @Field(() => String, { description: 'The six digits that the authenticator app shows.' })
  code: string;
}
