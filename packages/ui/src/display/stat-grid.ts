/** Columns of a row of figures, by the room there is; real figures and their skeletons share them. */
export const statGrid = 'grid grid-cols-1 gap-3 @md:grid-cols-2 @3xl:grid-cols-3 @7xl:grid-cols-6';
