"""Projects of users: what they write builds, runs, and is rebuilt when and only when it must be.

The environment, set by CMake: SOURCE_DIR, BUILD_DIR (of protorest), WORK_DIR, PROTOC.
"""
import os
import shutil
import subprocess
import unittest

SOURCE = os.environ["SOURCE_DIR"]
WORK = os.environ["WORK_DIR"]
PREFIX = os.path.join(WORK, "prefix")
os.environ["CCACHE_NOHASHDIR"] = "1"  # as scripts/build
GREETER = os.path.join(SOURCE, "tests", "consume", "greeter")
HELLO = '{"text":"Hello, Ada","name":{"first":"Ada"}}\n'


JSON = os.path.join(SOURCE, "tests", "consume", "json")
JSON_PRINTS = """{"id":"7","displayName":"Ada"}
displayNmae: unknown field; did you mean "displayName"?
role: expected one of ROLE_ADMIN, ROLE_UNSPECIFIED, got "ADMIN"
{"id":0,"display_name":"","role":1}
taken
{"displayName":"Eve"}
"""


def run(*command, cwd=None):
    """Runs a command; returns what it printed, and fails with that if it fails."""
    done = subprocess.run(command, cwd=cwd, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout[-8000:]}")
    return done.stdout


class Project:
    """A copy of a user's project with a build tree."""

    def __init__(self, name, source, *arguments, generator="Ninja"):
        self.source = os.path.join(WORK, name, "source")
        self.build_dir = os.path.join(WORK, name, "build")
        shutil.rmtree(os.path.join(WORK, name), ignore_errors=True)
        shutil.copytree(source, self.source)
        run("cmake", "-S", self.source, "-B", self.build_dir, "-G", generator,
            "-DCMAKE_CXX_COMPILER_LAUNCHER=ccache" if shutil.which("ccache") else "-DNO_CCACHE=1",
            # Compiled as the tree itself was, so that ccache knows what of protorest is built again.
            "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O1 -g1", "-DPROTOREST_WERROR=ON",
            "--no-warn-unused-cli",
            *arguments)

    def build(self):
        return run("cmake", "--build", self.build_dir, "--parallel", "2")

    def run(self, program, *arguments):
        """What a program of the project prints, without its log."""
        return subprocess.run([os.path.join(self.build_dir, program), *arguments], text=True, check=True,
                              stdout=subprocess.PIPE).stdout

    def touch(self, *path):
        """Makes a file of the project newer than everything built from it."""
        os.utime(os.path.join(self.source, *path))


class Install(unittest.TestCase):

    def test_the_package_is_installed(self):
        shutil.rmtree(PREFIX, ignore_errors=True)
        run("cmake", "--install", os.environ["BUILD_DIR"], "--prefix", PREFIX)
        for path in ("bin/protoc-gen-rest", "include/protorest/server.h",
                     "lib/libprotorest_docs_page.a", "lib/libprotorest_no_docs_page.a",
                     "share/protorest/proto/google/api/annotations.proto",
                     "share/protorest/proto/protorest/options.proto"):
            self.assertTrue(os.path.exists(os.path.join(PREFIX, path)), path)


class Json(unittest.TestCase):
    """Who wants ProtoJSON alone builds and links nothing else."""

    def check(self, project):
        built = run("cmake", "--build", project.build_dir, "--parallel", "2", "--verbose")
        self.assertEqual(project.run("json_user"), JSON_PRINTS)
        link = next(line for line in reversed(built.splitlines()) if " -o json_user " in line)
        for library in ("protorest_http", "protorest_rpc", "boost", "nghttp2", "grpc", "ssl"):
            self.assertNotIn(library, link)
        files = os.listdir(os.path.join(project.build_dir, "generated/users_json"))
        self.assertEqual(sorted(file for file in files if not file.endswith(".d")),
                         ["users.json.pb.cc", "users.json.pb.h", "users.pb.cc", "users.pb.h"])

    def test_from_the_package(self):
        project = Project("json_package", JSON, f"-DCMAKE_PREFIX_PATH={PREFIX}")
        with open(os.path.join(project.build_dir, "CMakeCache.txt")) as cache:
            text = cache.read()
        for package in ("Boost_DIR", "gRPC_DIR", "nghttp2"):
            self.assertNotIn(package, text)
        self.check(project)

    def test_embedded(self):
        self.check(Project("json_embedded", JSON, f"-DPROTOREST_SOURCE={SOURCE}"))


def has_swagger_ui(library_or_program):
    with open(library_or_program, "rb") as file:
        return b"swagger-ui-bundle.js" in file.read()


class FindPackage(unittest.TestCase):
    PACKAGE = f"-DCMAKE_PREFIX_PATH={PREFIX}"

    def test_a_project_without_grpc(self):
        project = Project("find_package", GREETER, self.PACKAGE)
        project.build()
        self.assertEqual(project.run("greeter"), HELLO)
        self.assertEqual(project.run("small_greeter"), HELLO)
        needed = run("ldd", os.path.join(project.build_dir, "greeter"))
        self.assertNotIn("libgrpc", needed)
        installed = os.path.join(os.environ["BUILD_DIR"], "runtime/docs_page/libprotorest_docs_page.a")
        self.assertEqual(has_swagger_ui(os.path.join(project.build_dir, "greeter")), has_swagger_ui(installed))
        self.assertFalse(has_swagger_ui(os.path.join(project.build_dir, "small_greeter")))

    def test_the_examples_build_by_themselves(self):
        for example, program in (("users", "users_server"), ("existing_grpc", "notes_server")):
            project = Project(example, os.path.join(SOURCE, "examples", example), self.PACKAGE)
            project.build()
            self.assertIn("--rest-address", project.run(program, "--help"))


class AddSubdirectory(unittest.TestCase):

    def test_a_project_that_embeds_protorest(self):
        project = Project("add_subdirectory", GREETER, f"-DPROTOREST_SOURCE={SOURCE}")
        project.build()
        self.assertEqual(project.run("greeter"), HELLO)
        self.assertEqual(project.run("small_greeter"), HELLO)
        self.assertFalse(has_swagger_ui(os.path.join(project.build_dir, "small_greeter")))

    def test_swagger_ui_comes_from_a_folder_given(self):
        folder = os.path.join(WORK, "swagger_ui")
        os.makedirs(folder, exist_ok=True)
        for name in ("swagger-ui-bundle.js", "swagger-ui.css", "oauth2-redirect.html", "oauth2-redirect.js"):
            with open(os.path.join(folder, name), "w") as file:
                file.write(f"/* {name} */")
        given = f"-DPROTOREST_SWAGGER_UI_DIR={folder}"
        project = Project("swagger_ui_given", GREETER, f"-DPROTOREST_SOURCE={SOURCE}", given)
        run("cmake", "--build", project.build_dir, "--target", "protorest_docs_page")
        library = os.path.join(project.build_dir, "protorest/runtime/docs_page/libprotorest_docs_page.a")
        self.assertTrue(has_swagger_ui(library))
        with self.assertRaisesRegex(AssertionError, "PROTOREST_SWAGGER_UI_DIR has no swagger-ui-bundle.js"):
            run("cmake", f"-DPROTOREST_SWAGGER_UI_DIR={WORK}", project.build_dir)
        run("cmake", "-DPROTOREST_SWAGGER_UI_DIR=", "-DPROTOREST_FETCH_SWAGGER_UI=OFF", project.build_dir)
        run("cmake", "--build", project.build_dir, "--target", "protorest_docs_page")
        self.assertFalse(has_swagger_ui(library))


class Breaking(unittest.TestCase):
    """BREAKING_AGAINST stops a build, and is read again when it changes."""

    def release(self, project):
        run(os.environ["PROTOC"], f"--descriptor_set_out={project.source}/released.binpb",
            "--include_imports", "--include_source_info", "-I", project.source,
            "-I", os.path.join(PREFIX, "share/protorest/proto"), "greeter.proto")

    def test_what_breaks_clients_stops_the_build(self):
        project = Project("breaking", GREETER, f"-DCMAKE_PREFIX_PATH={PREFIX}",
                          "-DBREAKING_AGAINST=released.binpb")
        self.release(project)
        project.build()
        proto = os.path.join(project.source, "greeter.proto")
        with open(proto) as file:
            text = file.read()
        with open(proto, "w") as file:
            file.write(text.replace("string text = 1;", "string text = 7;"))
        with self.assertRaisesRegex(AssertionError,
                                    r"greeter\.proto:\d+:\d+: GreetResponse\.text: field_number_changed: "
                                    r"is number 7, was 1 \(.*released\.binpb: greeter\.proto:\d+:"):
            project.build()
        self.release(project)
        project.build()
        self.assertEqual(project.run("greeter"), HELLO)


class PlainProtoc(unittest.TestCase):

    def test_generated_code_compiles_without_cmake(self):
        out = os.path.join(WORK, "plain_protoc")
        shutil.rmtree(out, ignore_errors=True)
        os.makedirs(out)
        protos = ["greeter.proto", "names/names.proto", "google/api/annotations.proto",
                  "google/api/http.proto", "protorest/options.proto"]
        imports = ["-I", GREETER, "-I", os.path.join(PREFIX, "share/protorest/proto")]
        run(os.environ["PROTOC"], f"--cpp_out={out}", *imports, *protos)
        run(os.environ["PROTOC"], f"--plugin={PREFIX}/bin/protoc-gen-rest", f"--rest_out={out}",
            "--rest_opt=grpc=false,openapi_out=api", *imports, *protos[:2])
        self.assertTrue(os.path.exists(os.path.join(out, "api.openapi.yaml")))
        for source in ("greeter.rest.pb.cc", "greeter.json.pb.cc", "names/names.json.pb.cc"):
            run("c++", "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", f"-I{out}",
                f"-I{PREFIX}/include", os.path.join(out, source))


class Rebuild:
    generator = ""  # set by the classes below

    def setUp(self):
        templates = os.path.join(WORK, f"templates-{self.generator}".replace(" ", "_"))
        shutil.copytree(os.path.join(SOURCE, "templates"), templates, dirs_exist_ok=True)
        self.template = os.path.join(templates, "rest.pb.cc.tpl")
        self.project = Project(f"rebuild-{self.generator}".replace(" ", "_"), GREETER,
                               f"-DCMAKE_PREFIX_PATH={PREFIX}", f"-DTEMPLATES={templates}",
                               generator=self.generator)
        self.project.build()

    def assert_nothing_to_do(self):
        built = self.project.build()
        self.assertNotIn("Generating", built)
        self.assertNotIn("Building", built)

    def generated(self, name):
        with open(os.path.join(self.project.build_dir, "generated/greeter_api", name)) as file:
            return file.read()

    def replace(self, name, old, new):
        """Changes a file of the project."""
        path = os.path.join(self.project.source, name)
        with open(path) as file:
            text = file.read()
        with open(path, "w") as file:
            file.write(text.replace(old, new))

    def test_what_changed_is_generated_again_and_nothing_else(self):
        self.assert_nothing_to_do()

        self.project.touch("names", "names.proto")  # greeter.proto imports it
        built = self.project.build()
        for what in ("protobuf code for names/names.proto", "REST code for names_api",
                     "protobuf code for greeter.proto", "REST code for greeter_api"):
            self.assertIn(f"Generating {what}", built)
        self.assert_nothing_to_do()

        self.project.touch("greeter.proto")
        built = self.project.build()
        self.assertIn("Generating REST code for greeter_api", built)
        self.assertNotIn("names_api.dir", built)
        self.assert_nothing_to_do()

        for name, old, new, generated in (
                ("greeter.yaml", "post: /v1/greet", "post: /v1/hello", "greeter.rest.pb.cc"),
                ("base.yaml", "title: Greetings", "title: Welcomes", "greeter.openapi.yaml")):
            text = new.split()[1]
            self.replace(name, old, new)
            self.assertNotIn(text, self.generated(generated))
            built = self.project.build()
            self.assertIn("Generating REST code for greeter_api", built)
            self.assertNotIn("Generating protobuf code", built)
            self.assertIn(text, self.generated(generated))
            self.assert_nothing_to_do()

        for changed in (self.template, f"{PREFIX}/bin/protoc-gen-rest"):
            os.utime(changed)
            built = self.project.build()
            self.assertIn("Generating REST code for greeter_api", built, changed)
            self.assertNotIn("Generating protobuf code", built, changed)
            self.assert_nothing_to_do()


class RebuildWithNinja(Rebuild, unittest.TestCase):
    generator = "Ninja"

    def assert_nothing_to_do(self):
        self.assertIn("no work to do", self.project.build())


class RebuildWithMake(Rebuild, unittest.TestCase):
    generator = "Unix Makefiles"


if __name__ == "__main__":
    unittest.main()
