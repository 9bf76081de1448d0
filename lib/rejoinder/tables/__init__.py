"""Discussion in, DataFrame out; a module per question; writes no sentence and no file."""
