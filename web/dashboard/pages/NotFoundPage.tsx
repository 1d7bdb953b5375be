import { Button } from "@shared/ui/button";
import { Compass } from "lucide-react";
import { Link } from "react-router";
import { PageTitle } from "@/components/PageTitle";
import { StateMessage } from "@/components/States";

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
