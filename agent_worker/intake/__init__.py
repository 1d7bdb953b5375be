"""The request stream and the cancel signals: what there is to do."""
