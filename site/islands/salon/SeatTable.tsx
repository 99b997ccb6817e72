/** The salon's picture: one seat for each community round the table, in order from the top. */
export function SeatTable({
  seats,
}: {
  seats: readonly { readonly id: string; readonly community: string; readonly position: number }[];
}) {
  const centre = 180;
  const ring = 118;
  const size = Math.min(16, (Math.PI * ring) / seats.length - 3);
  return (
    <svg
      class="seat-table"
      viewBox="0 0 360 360"
      role="img"
      aria-label={`${seats.length} 个席位围成一圈`}
    >
      <circle class="seat-table-top" cx={centre} cy={centre} r={ring - 34} />
      <text
        class="seat-table-count"
        x={centre}
        y={centre}
        text-anchor="middle"
        dominant-baseline="central"
      >
        {seats.length} 席
      </text>
      {seats.map(({ id, community, position }, index) => {
        const angle = (2 * Math.PI * index) / seats.length - Math.PI / 2;
        const [x, y] = [centre + ring * Math.cos(angle), centre + ring * Math.sin(angle)];
        return (
          <g key={id}>
            <title>{community}</title>
            <circle class="seat" cx={x} cy={y} r={size} />
            {size >= 8 && (
              <text
                class="seat-number"
                x={x}
                y={y}
                text-anchor="middle"
                dominant-baseline="central"
              >
                {position}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
