/** A drawing that looks like a QR code; it says nothing. Apps draw the real one. */
export function SampleQr() {
  const cells: string[] = [];
  const corner = (x: number, y: number): boolean => (x < 8 && y < 8) || (x > 16 && y < 8) || (x < 8 && y > 16);
  for (let y = 0; y < 25; y += 1) {
    for (let x = 0; x < 25; x += 1) {
      if (!corner(x, y) && (x * 7 + y * 13 + ((x * y) % 5)) % 3 === 0) cells.push(`M${x} ${y}h1v1h-1z`);
    }
  }
  const finders = [[0, 0], [18, 0], [0, 18]].map(([x, y]) => `M${x} ${y}h7v7h-7zm1 1v5h5v-5zm1 1h3v3h-3z`);
  return <svg viewBox="0 0 25 25" aria-hidden="true"><path fill="currentColor" fillRule="evenodd" d={[...cells, ...finders].join('')} /></svg>;
}
