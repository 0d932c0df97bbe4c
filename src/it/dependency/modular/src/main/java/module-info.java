/** A program of modules. */
module example.modular {
    requires io.github.axoncl;
}
