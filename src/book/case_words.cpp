#include "book/case_words.h"

namespace comity::book {
namespace {

/// A line without its remark and the blanks around it.
std::string_view bare(std::string_view line)
{
    line = line.substr(0, line.find('#'));
    auto const first = line.find_first_not_of(" \t\r");
    if (first == line.npos) return {};
    return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

} // namespace

CaseWords words_of(treaty::CaseText const& text_case, std::string_view text)
{
    CaseWords out;
    out.file = text_case.file;
    std::string* open = nullptr;
    for (std::size_t line = 1; !text.empty(); ++line) {
        auto const end = text.find('\n');
        auto const words = bare(text.substr(0, end));
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        bool const begins = words == "Background" || words.starts_with("Case ");
        if (begins && open == &out.changes) break;
        if (words == "Background") {
            out.background_line = line;
            out.background.clear();
            open = &out.background;
        } else if (begins) {
            open = line == text_case.line ? &out.changes : nullptr;
        } else if (open && !words.empty() && !words.starts_with("expect ")) {
            if (!open->empty()) *open += '\n';
            *open += words;
        }
    }
    return out;
}

} // namespace comity::book
