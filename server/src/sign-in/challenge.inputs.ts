import { Field, InputType } from 'type-graphql';

@InputType({
  description:
    'Exactly one of mfaCode, recoveryCode and newPassword, as the first step of the challenge asks.',
})
export class AnswerSignInChallengeInput {
  @Field(() => String)
  challengeToken: string;

  @Field(() => String, { nullable: true, description: 'Six digits from the authenticator app.' })
  mfaCode?: string | null;

  @Field(() => String, { nullable: true })
  recoveryCode?: string | null;

  @Field(() => String, { nullable: true })
  newPassword?: string | null;
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
