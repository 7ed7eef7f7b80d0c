interface Props {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  choose(value: string): void;
}

export function Choice({ label, value, options, choose }: Props) {
  const known = options.some((option) => option.value === value);
  return (
    <label>
      {label}
      <select value={known ? value : ''} onChange={({ target }) => choose(target.value)}>
        <option value="" disabled>
          -
        </option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
