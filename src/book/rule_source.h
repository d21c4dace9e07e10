#pragma once

#include "treaty/provision.h"

#include <map>

/// The rules as they are written: the very text that this program was built from.
namespace comity::book {

struct SourceFile {
    std::string_view name; ///< In src/treaty: "chapter1/hot_pursuit.cpp".
    std::string_view text;
};

/// The files over which the law's version is made, taken in when the program was configured.
std::span<SourceFile const> law_sources();

/// What judges a provision.
struct RuleSource {
    std::string file; ///< Where its function stands.
    /// The function with the words above it, then the functions of the chapters that it calls, then
    /// the terms that it counts; each once.
    std::vector<std::string> parts;
};

/// Functions and terms found in sources by their names.
class RuleSources {
public:
    /// `files` must outlive it.
    explicit RuleSources(std::span<SourceFile const> files);

    /// Errors: not_found where the sources have no such row or function.
    Result<RuleSource> of(treaty::Provision const& provision) const;
    /// The term of a provision that no function judges; empty where the sources have none.
    std::string term_of(std::string_view provision) const;

private:
    struct Definition {
        std::string_view file, name;
        std::string_view text; ///< With the words above it.
        std::string_view code; ///< Without them.
        bool is_term = false;
    };

    void read(SourceFile const& file);
    static bool counts_for(Definition const& term, std::string_view provision);
    Definition const* find(std::string_view file, std::string_view name) const;
    void follow(Definition const& definition, std::vector<Definition const*>& out) const;

    std::span<SourceFile const> files_;
    std::vector<Definition> definitions_;
};

} // namespace comity::book
