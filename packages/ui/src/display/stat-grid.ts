/** Columns of a row of figures, by the room there is, four in one row where they fit; real figures and their skeletons share them. */
export const statGrid = 'grid grid-cols-1 gap-3 @md:grid-cols-2 @3xl:grid-cols-3 @3xl:has-[>:nth-child(4):last-child]:grid-cols-4 @7xl:grid-cols-6';
