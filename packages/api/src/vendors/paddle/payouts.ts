/** Whether a bank names the provider as who has sent money: it pays what it has collected out under its own name. */
export const paysOut = (payer: string): boolean => /(?<!\p{L})paddle(?:\.com)?(?!\p{L})/iu.test(payer);
