package io.github.axoncl;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/** Who may know whom: the directions that keep the two executors apart and the API free of what is behind it. */
class ArchitectureTest {
    private static final String API = "io.github.axoncl";
    private static final String INTERNAL = "io.github.axoncl.internal..";
    private static final String KERNEL = "io.github.axoncl.internal.kernel..";
    private static final String CPU = "io.github.axoncl.internal.cpu..";
    private static final String OPENCL = "io.github.axoncl.internal.opencl..";
    private static final String AUTO = "io.github.axoncl.internal.auto..";
    private static final String CACHE = "io.github.axoncl.internal.cache..";
    private static final String LOG = "io.github.axoncl.internal.log..";
    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(place -> !place.contains("/test-classes/")).importPackages(API);

    @Test
    void thereAreClassesToJudge() {
        assertThat(LIBRARY.contain(Backends.class)).isTrue();
        assertThat(LIBRARY.contain(ArchitectureTest.class)).isFalse();
    }

    @Test
    void theTwoExecutorsDoNotKnowEachOther() {
        noClasses().that().resideInAPackage(CPU).should().dependOnClassesThat().resideInAnyPackage(OPENCL, AUTO)
                .allowEmptyShould(true).check(LIBRARY);
        noClasses().that().resideInAPackage(OPENCL).should().dependOnClassesThat().resideInAnyPackage(CPU, AUTO)
                .allowEmptyShould(true).check(LIBRARY);
    }

    @Test
    void theKernelLanguageKnowsNoExecutor() {
        noClasses().that().resideInAPackage(KERNEL).should().dependOnClassesThat().resideInAnyPackage(CPU, OPENCL, AUTO)
                .check(LIBRARY);
    }

    @Test
    void theCacheKnowsNothingOfWhatItKeeps() {
        noClasses().that().resideInAPackage(CACHE).should().dependOnClassesThat(resideInAPackage("io.github.axoncl..")
                .and(not(resideInAnyPackage(CACHE, LOG)))).check(LIBRARY);
    }

    @Test
    void onlyTheLogKnowsSlf4jAndNothingElse() {
        noClasses().that().resideOutsideOfPackage(LOG).should().dependOnClassesThat().resideInAPackage("org.slf4j..")
                .check(LIBRARY);
        noClasses().that().resideInAPackage(LOG).should().dependOnClassesThat(resideInAPackage("io.github.axoncl..")
                .and(not(resideInAPackage(LOG)))).check(LIBRARY);
    }

    @Test
    void onlyBackendsKnowsWhatIsInternal() {
        noClasses().that().resideInAPackage(API).and().doNotHaveSimpleName("Backends")
                .should().dependOnClassesThat().resideInAPackage(INTERNAL).check(LIBRARY);
    }

    @Test
    void onlyTheOpenClSideImportsJocl() {
        noClasses().that().resideOutsideOfPackage(OPENCL).should().dependOnClassesThat().resideInAPackage("org.jocl..")
                .check(LIBRARY);
    }

    @Test
    void oneClassCallsTheDriver() {
        noClasses().that().doNotHaveSimpleName("JoclCl").should().callMethodWhere(
                DescribedPredicate.describe("a method of org.jocl.CL is called",
                        call -> call.getTargetOwner().getFullName().equals("org.jocl.CL"))).check(LIBRARY);
    }

    @Test
    void onlyTheCpuSideWritesBytecode() {
        noClasses().that().resideOutsideOfPackage(CPU).should().dependOnClassesThat()
                .resideInAnyPackage("org.objectweb.asm..", "jdk.incubator.vector..").check(LIBRARY);
    }

    @Test
    void noClassNamesTheVectorModule() {
        noClasses().should().dependOnClassesThat().resideInAPackage("jdk.incubator.vector..").check(LIBRARY);
    }

    @Test
    void noInternalTypeInAPublicSignature() {
        members().that().areDeclaredInClassesThat(are(resideInAPackage(API))).should(haveNoInternalTypeInTheirSignature())
                .check(LIBRARY);
        classes().that().resideInAPackage(API).should().notBeAssignableTo(resideInAPackage(INTERNAL)).check(LIBRARY);
    }

    @Test
    void theLibraryDoesNotPrint() {
        noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err").check(LIBRARY);
    }

    private static ArchCondition<JavaMember> haveNoInternalTypeInTheirSignature() {
        return new ArchCondition<>("have no internal type in their signature") {
            @Override
            public void check(JavaMember member, ConditionEvents events) {
                boolean visible = member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED);
                for (JavaClass type : member.getAllInvolvedRawTypes()) {
                    if (visible && type.getPackageName().startsWith(API + ".internal")) {
                        events.add(SimpleConditionEvent.violated(member, member.getFullName() + " mentions " + type.getName()));
                    }
                }
            }
        };
    }
}
