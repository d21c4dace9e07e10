# comity_module(<room> [USES <room>...] [LINK <external target>...])
# One folder under src/ = one static library + one test program from its *_test.cpp.
# USES is the architecture: a room may include only what is named here, and what those name.
function(comity_module name)
    cmake_parse_arguments(arg "" "" "USES;LINK" ${ARGN})
    set(folder ${PROJECT_SOURCE_DIR}/src/${name})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp)
    set(tests ${sources})
    list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
    list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
    list(FILTER sources EXCLUDE REGEX "/main/main\\.cpp$") # the program's own

    add_library(${name} STATIC ${sources})
    set_target_properties(${name} PROPERTIES OUTPUT_NAME comity_${name})
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(${name} PUBLIC ${arg_USES} ${arg_LINK} PRIVATE comity_warnings)
    if(tests AND BUILD_TESTING)
        add_executable(${name}_test ${tests})
        target_link_libraries(${name}_test PRIVATE ${name} GTest::gtest_main comity_warnings)
        add_test(NAME ${name} COMMAND ${name}_test WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    endif()
endfunction()

# The sources of the rules, in ${out}: what judges, and what all of it stands on.
function(comity_sources_of_law out)
    set(folder ${PROJECT_SOURCE_DIR}/src/treaty)
    file(GLOB_RECURSE rules CONFIGURE_DEPENDS ${folder}/general/*.cpp ${folder}/chapter*/*.cpp
        ${folder}/chapter*/*.h ${folder}/fact/*.h)
    list(APPEND rules ${folder}/deadline.h ${folder}/deadline.cpp ${folder}/decision.cpp
        ${folder}/pair.cpp ${folder}/truth.h ${folder}/view.h)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${rules})
    set(${out} ${rules} PARENT_SCOPE)
endfunction()

# treaty/edition.h: a hash over the source of every rule, so that two programs that judge otherwise
# have another version of the law without anybody remembering to say so.
function(comity_edition_of_law name)
    comity_sources_of_law(rules)
    set(hashes "")
    foreach(rule IN LISTS rules)
        file(SHA256 ${rule} hash)
        string(APPEND hashes ${hash})
    endforeach()
    string(SHA256 edition "${hashes}")
    configure_file(${PROJECT_SOURCE_DIR}/cmake/edition.h.in
        ${PROJECT_BINARY_DIR}/generated/treaty/edition.h @ONLY)
    target_include_directories(${name} PRIVATE ${PROJECT_BINARY_DIR}/generated)
endfunction()

# book/law_sources.cpp: the same sources as text, so that a program can show what it was built from.
function(comity_text_of_law name)
    comity_sources_of_law(rules)
    set(text "#include \"book/rule_source.h\"\n\nnamespace comity::book {\nnamespace {\n\n")
    # "sv" knows its length; counting a megabyte is more than clang does while it compiles.
    string(APPEND text "using namespace std::literals;\n\nconstexpr SourceFile files[] {\n")
    foreach(rule IN LISTS rules)
        file(RELATIVE_PATH path ${PROJECT_SOURCE_DIR}/src/treaty ${rule})
        file(READ ${rule} content)
        string(APPEND text "    { \"${path}\", R\"law(${content})law\"sv },\n")
    endforeach()
    string(APPEND text "};\n\n} // namespace\n\nstd::span<SourceFile const> law_sources()\n{\n"
        "    return files;\n}\n\n} // namespace comity::book\n")
    set(file ${PROJECT_BINARY_DIR}/generated/book/law_sources.cpp)
    file(WRITE ${file}.new "${text}")
    file(COPY_FILE ${file}.new ${file} ONLY_IF_DIFFERENT)
    target_sources(${name} PRIVATE ${file})
endfunction()

# document/desk_words.cpp: what the desk calls members of messages and words of lists, so that paper
# says the same and there is one place to translate them.
function(comity_words_of_desk name)
    set(text "#include \"document/words.h\"\n\nnamespace comity::document {\n\n")
    string(APPEND text "std::string_view desk_words(std::string_view language)\n{\n")
    foreach(language en bg es ro sr sq)
        set(lines "")
        file(GLOB catalogues CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/web/src/words/${language}/*.ts)
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${catalogues})
        foreach(catalogue IN LISTS catalogues)
            file(STRINGS ${catalogue} found ENCODING UTF-8 REGEX
                "^  '(field|code|kind|purpose|state|message-kind|act|verdict|hit|receipt|ground)\\.")
            list(JOIN found "\n" some)
            string(APPEND lines "${some}\n")
        endforeach()
        string(APPEND text "    if (language == \"${language}\") return R\"desk(${lines})desk\";\n")
    endforeach()
    string(APPEND text "    return {};\n}\n\n} // namespace comity::document\n")
    set(file ${PROJECT_BINARY_DIR}/generated/document/desk_words.cpp)
    file(WRITE ${file}.new "${text}")
    file(COPY_FILE ${file}.new ${file} ONLY_IF_DIFFERENT)
    target_sources(${name} PRIVATE ${file})
endfunction()
