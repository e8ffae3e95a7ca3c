"""The commands of `kg`, one file each: parse arguments, call one function, print."""
