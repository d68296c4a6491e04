// Start-up of jshell with Colonnade: src/docs/jshell.md has the command line. `colonnade shell` and `colonnade run` read it too.
import colonnade.*;
import static colonnade.Expr.*;
import colonnade.error.*;
import java.io.*;
import java.math.*;
import java.nio.file.*;
import java.time.*;
import java.util.*;
import java.util.function.*;
import java.util.stream.*;
// The arguments of `colonnade run SCRIPT.jsh ARG …`; none in a shell.
String[] args = {};
