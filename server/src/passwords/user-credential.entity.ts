import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { User } from '../users/user.entity';

/** In a table of its own, so that no query for users can return a hash. */
@Entity('user_credential')
export class UserCredential {
  @PrimaryColumn({ type: 'int' })
  userId: number;

  @OneToOne(() => User, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_user_credential_user' })
  user: Relation<User>;

  /** argon2id in the PHC string format. */
  @Column({ type: 'varchar', length: 255 })
  passwordHash: string;

  @Column({ type: 'datetime', precision: 3 })
  changedAt: Date;
}
