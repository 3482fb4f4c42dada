/** From when a change holds: from now on, or from another time, which may be past. */
import { text } from "../text";
import { useWatch } from "../watch";
import { instantOf } from "../zone";
import { Moment } from "./moment";

interface Props {
  id: string;
  label: string;
  /** A local date and time; null for now. */
  value: string | null;
  fault?: string | undefined;
  onChange: (value: string | null) => void;
}

export function Since(props: Props) {
  const { live, session } = useWatch();
  const instant = props.value === null ? null : instantOf(props.value, session.timezone);
  const isPast = instant !== null && instant < live.now.value;
  return (
    <Moment
      {...props}
      none={text.forms.now}
      some={text.forms.fromTime}
      help={isPast ? text.forms.past : undefined}
    />
  );
}
