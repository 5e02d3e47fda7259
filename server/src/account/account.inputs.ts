import { Field, ID, InputType } from 'type-graphql';
import { IfPresent, IsGiven } from '../validation/input-rules';
import { NEW_PASSWORD } from '../passwords/password-policy';
import { IsPersonName, IsPhone, IsUsername, PERSON_NAME, PHONE_NUMBER, USERNAME } from '../users/user-fields';

@InputType({
  description:
    'What to change about the viewer. Fields that are absent stay as they are; null is refused ' +
    'with REQUIRED.',
})
export class UpdateProfileInput {
  @Field(() => String, { nullable: true, description: PERSON_NAME })
  @IfPresent()
  @IsPersonName('First name')
  firstName?: string;

  @Field(() => String, { nullable: true, description: PERSON_NAME })
  @IfPresent()
  @IsPersonName('Last name')
  lastName?: string;

  @Field(() => String, { nullable: true, description: PHONE_NUMBER })
  @IfPresent()
  @IsPhone('Phone')
  phone?: string;
}

@InputType({ description: "The viewer's new username, and their password." })
export class ChangeUsernameInput {
  @Field(() => String, { description: `${USERNAME} The change is mailed to both addresses.` })
  @IsUsername('Email')
  username: string;

  @Field(() => String, { description: 'The password that the viewer has now, as a proof that it is them.' })
  @IsGiven('Current password')
  currentPassword: string;
}

@InputType({ description: "The viewer's present and new password." })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The password that the viewer has now, as a proof that it is them.' })
  @IsGiven('Current password')
  currentPassword: string;

  @Field(() => String, { description: NEW_PASSWORD })
  newPassword: string;
}

@InputType({
  description: 'What proves that it is the viewer who turns off their two-factor authentication.',
})
export class RemoveMfaInput {
  @Field(() => String, { description: "The viewer's present password." })
  @IsGiven('Password')
  password: string;

  @Field(() => String, { description: 'The six digits that the authenticator app shows.' })
  @IsGiven('Code')
  code: string;
}

@InputType({ description: 'What proves that it is the viewer who asks for new recovery codes.' })
export class ReplaceRecoveryCodesInput {
  @Field(() => String, { description: 'The six digits that the authenticator app shows.' })
  @IsGiven('Code')
  code: string;
}

@InputType({ description: 'Names the session to end.' })
export class EndSessionInput {
  @Field(() => ID, { description: 'The id of one of `viewer.sessions`.' })
  id: string;
}
