package org.liverecordings.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Reads Javadoc, by Java's own compiler. */
@SupportedAnnotationTypes("*")
final class Javadocs extends AbstractProcessor {

    private final Map<String, String> texts = new HashMap<>();

    private Javadocs() {}

    /**
     * What is written over classes and over what is in them.
     *
     * @return by names such as {@code a.b.Outer.Inner} and {@code a.b.Outer.Inner.member}, in one line each
     */
    static Map<String, String> of(List<Class<?>> classes) {
        Javadocs javadocs = new Javadocs();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources = classes.stream()
                    .map(type -> Path.of("src/main/java", type.getName().replace('.', '/') + ".java"))
                    .toList();
            JavaCompiler.CompilationTask task = compiler.getTask(
                    null,
                    files,
                    null,
                    List.of("-proc:only", "-implicit:none", "-cp", System.getProperty("java.class.path")),
                    null,
                    files.getJavaFileObjectsFromPaths(sources));
            task.setProcessors(List.of(javadocs));
            if (!task.call()) {
                throw new IllegalStateException("can't read " + sources);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return javadocs.texts;
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        round.getRootElements().forEach(root -> read(root, root.toString()));
        return false;
    }

    private void read(Element element, String name) {
        String text = processingEnv.getElementUtils().getDocComment(element);
        if (text != null) {
            texts.put(name, text.strip().replaceAll("\\s+", " "));
        }
        element.getEnclosedElements().forEach(each -> read(each, name + "." + each.getSimpleName()));
    }
}
