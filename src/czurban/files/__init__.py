"""Track the files that a run reads, write files atomically, and recognise files that czurban wrote."""
