/** How long a password must be at least; said in the help, decided by `passwordSchema` of the rules. */
export const passwordMinimum = 8;
