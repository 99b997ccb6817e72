import { type Choice, FACETS, type FacetKey, type Option } from './filters.ts';

interface Props {
  options: Record<FacetKey, Option[]>;
  choice: Choice;
  onChange: (choice: Choice) => void;
}

/** One list a facet, each value with the number of pages it would leave. */
export function FilterBar({ options, choice, onChange }: Props) {
  const choose = (key: FacetKey, value: string) => {
    const { [key]: _, ...others } = choice;
    onChange(value ? { ...others, [key]: value } : others);
  };
  return (
    <fieldset class="filters">
      <legend class="visually-hidden">筛选</legend>
      {FACETS.map(([key, label]) => (
        <label key={key}>
          <span>{label}</span>
          <select
            value={choice[key] ?? ''}
            onChange={(event) => choose(key, event.currentTarget.value)}
          >
            <option value="">不限</option>
            {options[key].map(({ value, count }) => (
              <option key={value} value={value}>
                {value}（{count}）
              </option>
            ))}
          </select>
        </label>
      ))}
      <button
        type="button"
        class="button"
        disabled={Object.keys(choice).length === 0}
        onClick={(event) => {
          // The button is about to be disabled, which would drop the focus.
          event.currentTarget.closest('fieldset')?.querySelector('select')?.focus();
          onChange({});
        }}
      >
        清除筛选
      </button>
    </fieldset>
  );
}
