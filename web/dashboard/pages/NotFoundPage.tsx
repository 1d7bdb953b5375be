import { Compass } from "lucide-react";
import { Link } from "react-router";
import { StateMessage } from "@/components/States";
import { Button } from "@/components/ui/button";
import { PageTitle } from "./PageTitle";

export function NotFoundPage() {
  return (
    <>
      <PageTitle title="Not found" hidden />
      <StateMessage
        icon={Compass}
        title="There is no such page"
        action={
          <Button asChild variant="primary">
            <Link to="/">Go to the overview</Link>
          </Button>
        }
      >
        The address may be mistyped, or the page has moved.
      </StateMessage>
    </>
  );
}
