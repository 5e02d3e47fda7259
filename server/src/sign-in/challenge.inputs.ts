import { Directive, Field, InputType } from 'type-graphql';

@Directive('@oneOf')
@InputType({ description: 'The answer to one step: exactly one of these.' })
export class SignInAnswer {
  @Field(() => String, {
    nullable: true,
    description: 'For ENTER_MFA_CODE: six digits from the authenticator app.',
  })
  mfaCode?: string;

  @Field(() => String, { nullable: true, description: 'For ENTER_MFA_CODE, when the app is out of reach.' })
  recoveryCode?: string;

  @Field(() => String, { nullable: true, description: 'For CHANGE_PASSWORD; see passwordPolicy.' })
  newPassword?: string;
}

@InputType({ description: 'Answers the first step of a challenge.' })
export class AnswerSignInChallengeInput {
  @Field(() => String, { description: 'The token of the challenge.' })
  challengeToken: string;

  @Field(() => SignInAnswer, { description: 'What the first step of the challenge asks for.' })
  answer: SignInAnswer;
}

@InputType()
export class StartMfaSetUpInput {
  @Field(() => String, {
    nullable: true,
    description: 'While signing in; without it for the signed-in viewer.',
  })
  challengeToken?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of the signed-in viewer; with a challengeToken it has been given already.',
  })
  password?: string | null;
}

@InputType()
export class ConfirmMfaSetUpInput {
  @Field(() => String, {
    nullable: true,
    description: 'While signing in; without it for the signed-in viewer.',
  })
  challengeToken?: string | null;

  @Field(() => String, { description: 'Six digits from the authenticator app.' })
  code: string;
}
