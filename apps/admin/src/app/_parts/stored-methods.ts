/** How a payment was made, as it is stored: the ways to pay, and none for a plan that costs nothing. */
export const storedMethods = ['card', 'cash', 'bank_transfer', 'free'] as const;
