package io.github.axoncl.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** Who may know whom: what measures stands apart from the tools that a user runs. */
class ArchitectureTest {
    private static final String ROOT = "io.github.axoncl.bench";
    private static final String SHARED = ROOT + ".shared..";
    private static final String TOOLS = ROOT + ".tools..";
    private static final String MEASURE = ROOT + ".measure..";
    private static final JavaClasses WORKBENCH = new ClassFileImporter()
            .withImportOption(place -> !place.contains("/test-classes/")).importPackages(ROOT);

    @Test
    void toolsAndMeasurementsDoNotKnowEachOther() {
        noClasses().that().resideInAPackage(TOOLS).should().dependOnClassesThat().resideInAnyPackage(MEASURE, ROOT)
                .check(WORKBENCH);
        noClasses().that().resideInAPackage(MEASURE).should().dependOnClassesThat().resideInAnyPackage(TOOLS, ROOT)
                .check(WORKBENCH);
    }

    @Test
    void whatIsSharedKnowsNoCommand() {
        noClasses().that().resideInAPackage(SHARED).should().dependOnClassesThat().resideInAnyPackage(TOOLS, MEASURE, ROOT)
                .check(WORKBENCH);
    }

    @Test
    void oneLibraryKnowsStatistics() {
        noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.commons.math3..").check(WORKBENCH);
    }

    @Test
    void packagesHaveNoCircles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(WORKBENCH);
    }
}
