#pragma once

#include <filesystem>

namespace comity {

/// A folder of its own for one test or one trial; gone with the object.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(ScratchFolder const&) = delete;
    ScratchFolder& operator=(ScratchFolder const&) = delete;

    std::filesystem::path const& path() const { return path_; }
    std::filesystem::path operator/(std::filesystem::path const& name) const
    {
        return path_ / name;
    }

private:
    std::filesystem::path path_;
};

} // namespace comity
