"""What is pure in the bridges."""
